package dev.rustbridge.boot.diagnostics;

import java.io.IOException;
import java.nio.file.Path;

import org.newsclub.net.unix.AFUNIXSocketAddress;
import org.newsclub.net.unix.AFUNIXSocketChannel;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * An application that uses junixsocket itself.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class NativeApplication {

	/**
	 * Runs it.
	 * @param args properties
	 */
	public static void main(String[] args) {
		SpringApplication application = new SpringApplication(NativeApplication.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		application.run(args);
	}

	@Bean
	AFUNIXSocketChannel channel() throws IOException {
		return AFUNIXSocketChannel.open(AFUNIXSocketAddress.of(Path.of("/no/such/socket")));
	}

}

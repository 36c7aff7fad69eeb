package dev.rustbridge.boot.client.mistaken;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;

/**
 * An application that has a class where an interface should be.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class ClassApplication {

}

package dev.rustbridge.sample;

import java.nio.file.Files;
import java.nio.file.Path;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What is searched.
 *
 * @param root the folder whose tree is searched; the working directory by default
 */
@ConfigurationProperties("code-search")
record CodeSearchProperties(@DefaultValue(".") String root) {

	CodeSearchProperties {
		Path folder = Path.of(root).toAbsolutePath().normalize();
		if (!Files.isDirectory(folder)) {
			throw new IllegalArgumentException("code-search.root: there is no folder " + folder
					+ ". Give an existing one: --code-search.root=DIR");
		}
		root = folder.toString();
	}

}

package dev.rustbridge.test.app;

import org.springframework.boot.autoconfigure.SpringBootApplication;

@SpringBootApplication
class SearchApplication {

}

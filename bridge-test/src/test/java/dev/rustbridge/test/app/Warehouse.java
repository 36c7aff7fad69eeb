package dev.rustbridge.test.app;

import org.springframework.stereotype.Component;

/**
 * A part of the application that no test of bridges needs.
 */
@Component
class Warehouse {

}

package dev.rustbridge.test.conformance;

/**
 * A method that the kit may call.
 *
 * @param name the method
 * @param params its parameters, as JSON
 */
record MethodUnderTest(String name, String params) {

}

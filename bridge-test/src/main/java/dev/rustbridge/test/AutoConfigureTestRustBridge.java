package dev.rustbridge.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;

/**
 * Puts a {@link ScriptedDaemon} behind each bridge that {@code rustbridge.bridges}
 * declares, whatever the properties say of binaries and sockets. With
 * {@code @SpringBootTest} for a whole application; {@link RustBridgeTest} has it already.
 * <p>
 * The daemons are beans with the names of their bridges as qualifiers: the only one is
 * injected by its type, one of several by {@code @Qualifier("search")}.
 * {@link ScriptedDaemons} has them all. They are {@linkplain ScriptedDaemon#reset reset}
 * after each test method; what they must know when the application starts, before any
 * test, is told by a {@link ScriptedDaemonCustomizer}. Bridges that the application
 * builds itself keep their daemons.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ImportAutoConfiguration
public @interface AutoConfigureTestRustBridge {

}

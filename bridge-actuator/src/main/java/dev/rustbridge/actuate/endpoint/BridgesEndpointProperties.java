package dev.rustbridge.actuate.endpoint;

import java.util.Set;

import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the endpoint {@code bridges} shows to whom.
 *
 * @param showValues When to show values that may be secrets: the arguments and the
 * environment of daemons.
 * @param roles Roles that may see them with 'when-authorized'; empty for everybody who is
 * authenticated.
 */
@ConfigurationProperties("management.endpoint.bridges")
public record BridgesEndpointProperties(@DefaultValue("never") Show showValues, @DefaultValue Set<String> roles) {

}

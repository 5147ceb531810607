package io.github.securegrpc.rotation;

/**
 * A replacement of some material was refused. Also published as an application event.
 *
 * @param material the material's name: {@code server}, {@code client} or
 * {@code client.<channel>}; {@code server.basic-auth} for the users
 * @param generation the number of the generation that stays in force
 * @param refusal when and why
 * @since 0.1.0
 */
public record MaterialRefused(String material, int generation, Refusal refusal) {

}

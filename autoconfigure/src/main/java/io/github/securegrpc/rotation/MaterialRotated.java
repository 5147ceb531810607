package io.github.securegrpc.rotation;

/**
 * A new generation of some material is in force. Also published as an application event.
 *
 * @param material the material's name: {@code server}, {@code client} or
 * {@code client.<channel>}
 * @param generation the generation now in force
 * @since 0.1.0
 */
public record MaterialRotated(String material, Generation generation) {

}

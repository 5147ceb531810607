package io.github.securegrpc.rotation;

import java.time.Instant;

import io.github.securegrpc.material.TlsMaterial;

/**
 * One numbered load of TLS material.
 *
 * @param number counts from 1, without gaps
 * @param material what was loaded
 * @param loadedAt when it was loaded
 * @since 0.1.0
 */
public record Generation(int number, TlsMaterial material, Instant loadedAt) {

}

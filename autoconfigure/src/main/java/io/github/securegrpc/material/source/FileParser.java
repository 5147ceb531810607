package io.github.securegrpc.material.source;

import java.util.List;

import io.github.securegrpc.material.RefusedException;

/**
 * Makes one part of the material of files. What it makes depends on their bytes alone:
 * not on the time, and on nothing else that may change.
 *
 * @param <T> what is made
 */
interface FileParser<T> {

	/**
	 * Returns which files.
	 * @return their locations
	 */
	List<Location> locations();

	/**
	 * Parses files.
	 * @param contents the content of each location, in the same order
	 * @return what they hold
	 * @throws RefusedException if they do not hold that
	 */
	T parse(List<byte[]> contents);

}

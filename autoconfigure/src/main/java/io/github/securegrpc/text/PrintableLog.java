package io.github.securegrpc.text;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * A log in which every event is one line, whoever wrote the text. Thread-safe.
 *
 * @since 0.1.0
 */
public final class PrintableLog {

	private final Log log;

	private PrintableLog(Log log) {
		this.log = log;
	}

	/**
	 * Returns the log of a class.
	 * @param type the class
	 * @return the log
	 */
	public static PrintableLog of(Class<?> type) {
		return new PrintableLog(LogFactory.getLog(type));
	}

	/**
	 * Returns a log by its name.
	 * @param name the name
	 * @return the log
	 */
	public static PrintableLog of(String name) {
		return new PrintableLog(LogFactory.getLog(name));
	}

	/**
	 * Logs what helps to find a fault.
	 * @param message the message
	 * @param thrown what was thrown
	 */
	public void debug(String message, Throwable thrown) {
		if (this.log.isDebugEnabled()) {
			this.log.debug(Printable.line(message), Printable.trace(thrown));
		}
	}

	/**
	 * Logs what is good to know.
	 * @param message the message
	 */
	public void info(String message) {
		this.log.info(Printable.line(message));
	}

	/**
	 * Logs what somebody should look at.
	 * @param message the message
	 */
	public void warn(String message) {
		this.log.warn(Printable.line(message));
	}

	/**
	 * Logs what somebody should look at.
	 * @param message the message
	 * @param thrown what was thrown
	 */
	public void warn(String message, Throwable thrown) {
		this.log.warn(Printable.line(message), Printable.trace(thrown));
	}

	/**
	 * Logs what somebody must look at.
	 * @param message the message
	 */
	public void error(String message) {
		this.log.error(Printable.line(message));
	}

	/**
	 * Logs what somebody must look at.
	 * @param message the message
	 * @param thrown what was thrown
	 */
	public void error(String message, Throwable thrown) {
		this.log.error(Printable.line(message), Printable.trace(thrown));
	}

}

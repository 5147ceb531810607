package io.github.securegrpc.transport;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Filter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

import org.jspecify.annotations.Nullable;

import io.github.securegrpc.text.Printable;
import io.github.securegrpc.text.PrintableLog;
import io.github.securegrpc.validation.LogLimit;

/**
 * Stands before the loggers of grpc-java's transport, which repeat what a peer sent, a
 * header's name say, or the text of a GOAWAY, raw and as often as it is sent: what they
 * log is made printable, and bounded as our own lines about connections are. Below INFO,
 * which somebody has to ask for, it is not bounded. Thread-safe.
 */
final class GrpcLoggers implements Filter {

	private static final PrintableLog logger = PrintableLog.of("io.github.securegrpc.handshake");

	private static final List<String> NAMES = List.of("NettyServer", "NettyServerHandler", "NettyServerStream",
			"NettyServerTransport", "NettyServerTransport.connections", "NettyClientHandler", "NettyClientTransport",
			"ProtocolNegotiators", "WriteBufferingAndExceptionHandler");

	/* The log manager forgets a logger that nobody holds, and its filter. */
	private static final List<Logger> GUARDED = new ArrayList<>();

	private final LogLimit limit;

	private final @Nullable Filter before;

	private GrpcLoggers(LogLimit limit, @Nullable Filter before) {
		this.limit = limit;
		this.before = before;
	}

	/* The loggers of one Netty flavour, named after the package of its builders. */
	static synchronized void guard(Class<?> builder, Clock clock) {
		LogLimit limit = new LogLimit(clock,
				(leftOut) -> logger.warn("Events of grpc-java's transport: " + LogLimit.words(leftOut)));
		for (String name : NAMES) {
			Logger guarded = Logger.getLogger(builder.getPackageName() + "." + name);
			if (!(guarded.getFilter() instanceof GrpcLoggers)) {
				guarded.setFilter(new GrpcLoggers(limit, guarded.getFilter()));
				GUARDED.add(guarded);
			}
		}
	}

	@Override
	public boolean isLoggable(LogRecord event) {
		boolean bounded = event.getLevel().intValue() >= Level.INFO.intValue();
		if ((this.before != null && !this.before.isLoggable(event))
				|| (bounded && !this.limit.admits(String.valueOf(event.getLoggerName())))) {
			return false;
		}
		event.setMessage(Printable.line(message(event)));
		event.setParameters(null);
		event.setThrown((event.getThrown() != null && isTraced(event)) ? Printable.trace(event.getThrown()) : null);
		return true;
	}

	/* What a peer did wrong needs no stack trace, of which it could send for many. */
	private static boolean isTraced(LogRecord event) {
		int level = event.getLevel().intValue();
		return level >= Level.SEVERE.intValue() || level < Level.INFO.intValue();
	}

	private static String message(LogRecord event) {
		String message = new SimpleFormatter().formatMessage(event);
		return (event.getThrown() != null) ? message + ": " + event.getThrown() : message;
	}

}

package io.github.securegrpc.rotation;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.github.securegrpc.text.PrintableLog;

/**
 * Tells of changes in directories as soon as the file system does. No promise rests on
 * it: where there are no events, or they overflow, or the thread dies, the poll finds the
 * change.
 */
final class FileEvents {

	private static final PrintableLog logger = PrintableLog.of(FileEvents.class);

	private final Runnable onChange;

	/* A file system that does not answer keeps only this thread waiting. */
	private final ThreadPoolExecutor registrar = new ThreadPoolExecutor(1, 1, 30, TimeUnit.SECONDS,
			new LinkedBlockingQueue<>(), (task) -> daemon(task, "secure-grpc-file-watch"));

	private @Nullable WatchService service;

	private @Nullable Thread thread;

	FileEvents(Runnable onChange) {
		this.onChange = onChange;
		this.registrar.allowCoreThreadTimeOut(true);
	}

	/*
	 * Called at every poll: a directory that was gone is watched again once it is back.
	 * Nobody waits for it.
	 */
	void watch(Supplier<Set<Path>> directories) {
		if (this.registrar.getQueue().isEmpty()) {
			try {
				this.registrar.execute(() -> register(directories));
			}
			catch (RejectedExecutionException ex) {
				// closed
			}
		}
	}

	private void register(Supplier<Set<Path>> directories) {
		try {
			Set<Path> watched = directories.get();
			if (!watched.isEmpty()) {
				WatchService running = running();
				watched.forEach((directory) -> register(directory, running));
			}
		}
		catch (IOException | RuntimeException | Error ex) {
			logger.debug("No file events: changes are found by polling", ex);
		}
	}

	private WatchService running() throws IOException {
		WatchService current = this.service;
		if (current == null || this.thread == null || !this.thread.isAlive()) {
			if (current != null) {
				current.close();
			}
			WatchService fresh = FileSystems.getDefault().newWatchService();
			Thread reader = daemon(() -> run(fresh), "secure-grpc-file-events");
			// closed by the next call should it not start
			this.service = fresh;
			this.thread = reader;
			reader.start();
			return fresh;
		}
		return current;
	}

	private static Thread daemon(Runnable task, String name) {
		Thread thread = new Thread(task, name);
		thread.setDaemon(true);
		return thread;
	}

	private static void register(Path directory, WatchService service) {
		try {
			directory.register(service, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY,
					StandardWatchEventKinds.ENTRY_DELETE);
		}
		catch (IOException ex) {
			logger.debug("No file events from %s: changes are found by polling".formatted(directory), ex);
		}
	}

	private void run(WatchService watched) {
		try {
			for (;;) {
				WatchKey key = watched.take();
				key.pollEvents();
				key.reset();
				this.onChange.run();
			}
		}
		catch (ClosedWatchServiceException | InterruptedException ex) {
			// the end of the application, or of this watch: the poll starts another
		}
	}

	void close() {
		this.registrar.execute(this::closeService);
		this.registrar.shutdown();
	}

	private void closeService() {
		try {
			if (this.service != null) {
				this.service.close();
			}
		}
		catch (IOException ex) {
			logger.debug("Closing file events failed", ex);
		}
	}

}

package io.github.securegrpc.certs.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import io.github.securegrpc.material.RefusedException;

/**
 * Lets one thread of one process at a time work in a directory. A lock of the operating
 * system ends with its process, so a killed process leaves nothing to clean up. Safe for
 * use by several threads; one that works in the directory already goes on in it.
 *
 * @since 0.1.0
 */
public final class DirectoryLock {

	private static final String FILE = ".lock";

	private static final FileAttribute<?> OWNER_ONLY = PosixFilePermissions
		.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

	private static final Duration RETRY = Duration.ofMillis(20);

	/**
	 * A file lock belongs to the process, and closing any channel of the file gives it
	 * up: the threads of one process must not even open it side by side.
	 */
	private static final ReentrantLock WITHIN_PROCESS = new ReentrantLock();

	/**
	 * Where the thread that holds the lock above is.
	 */
	private static final Set<Path> INSIDE = new HashSet<>();

	private final Path directory;

	private final Duration patience;

	/**
	 * Creates a lock. Nothing is written before the first action.
	 * @param directory the directory, which must exist by then
	 * @param patience how long to wait for others to leave it
	 */
	public DirectoryLock(Path directory, Duration patience) {
		this.directory = directory;
		this.patience = patience;
	}

	/**
	 * Runs the action, alone in the directory.
	 * @param <T> the type of the result
	 * @param action what to do there
	 * @return what the action returns
	 * @throws RefusedException if others do not leave the directory in time, or it cannot
	 * be written
	 */
	public <T> T alone(Supplier<T> action) {
		long deadline = System.nanoTime() + this.patience.toNanos();
		try {
			if (!WITHIN_PROCESS.tryLock(this.patience.toNanos(), TimeUnit.NANOSECONDS)) {
				throw busy();
			}
			try {
				return alone(action, deadline);
			}
			finally {
				WITHIN_PROCESS.unlock();
			}
		}
		catch (IOException ex) {
			throw new RefusedException(
					"%s: cannot be written, %s (expected: a directory)".formatted(this.directory,
							new FileFault(this.directory, ex).reason()),
					"Make the directory writable for the user of this process, or name another.", ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw busy();
		}
	}

	private <T> T alone(Supplier<T> action, long deadline) throws IOException, InterruptedException {
		Path inside = this.directory.toRealPath();
		if (!INSIDE.add(inside)) {
			return action.get();
		}
		try (FileChannel channel = open(inside.resolve(FILE))) {
			while (!locked(channel)) {
				if (System.nanoTime() - deadline > 0) {
					throw busy();
				}
				TimeUnit.NANOSECONDS.sleep(RETRY.toNanos());
			}
			return action.get();
		}
		finally {
			INSIDE.remove(inside);
		}
	}

	// who cannot open the file cannot keep others waiting for it
	private static FileChannel open(Path file) throws IOException {
		return FileChannel.open(file,
				Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
				StagedFile.isPosix(file) ? new FileAttribute<?>[] { OWNER_ONLY } : new FileAttribute<?>[0]);
	}

	private static boolean locked(FileChannel channel) throws IOException {
		try {
			return channel.tryLock() != null;
		}
		catch (OverlappingFileLockException ex) {
			// this class in another class loader of the same process
			return false;
		}
	}

	private RefusedException busy() {
		return new RefusedException(
				"%s: in use by another process for %s (expected: free within that time)"
					.formatted(this.directory.resolve(FILE), this.patience),
				"End the process that holds the file, or name another directory.");
	}

}

package io.github.securegrpc.certs.file;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

/**
 * Why a file or a directory cannot be read or written, in words instead of the names that
 * exceptions have. Asked right after it failed.
 *
 * @param path the file or directory
 * @param cause how it failed
 * @since 0.1.0
 */
public record FileFault(Path path, IOException cause) {

	/**
	 * Says what was found in the place of what can be read.
	 * @return what was found, such as {@code missing} or {@code a directory}
	 */
	public String found() {
		Path file = fileAbove();
		if (file != null) {
			return "missing, for %s is no directory".formatted(file);
		}
		if (Files.isDirectory(this.path)) {
			return "a directory";
		}
		if (isMissing()) {
			return Files.isSymbolicLink(this.path) ? "a link to a file that is missing" : "missing";
		}
		return isDenied() ? "not readable for the user of this process" : "cannot be read, " + reason();
	}

	/**
	 * Says what to do so that it can be read.
	 * @return what to do
	 */
	public String action() {
		if (isDenied()) {
			return "Make it readable for the user of this process, with the directories above it.";
		}
		return (isMissing() || fileAbove() != null || Files.isDirectory(this.path))
				? "Check the path, or the name and the directory that it is made of." : "Restore it from a backup.";
	}

	/*
	 * Why a directory cannot be written. Not the name of a temporary file, which is
	 * another one each time.
	 */
	String reason() {
		Path file = fileAbove();
		if (file != null) {
			return file + " is no directory";
		}
		if (this.cause instanceof FileAlreadyExistsException) {
			return "it is no directory";
		}
		if (isDenied()) {
			return "permission denied";
		}
		if (isMissing()) {
			return "it does not exist and cannot be made";
		}
		if (this.cause instanceof FileSystemLoopException) {
			return "a loop of symbolic links";
		}
		if (this.cause instanceof FileSystemException system) {
			String reason = (system.getReason() != null) ? system.getReason() : system.getClass().getSimpleName();
			return (system.getOtherFile() != null) ? system.getOtherFile() + ": " + reason : reason;
		}
		return String.valueOf(this.cause.getMessage());
	}

	private boolean isMissing() {
		return this.cause instanceof NoSuchFileException;
	}

	private boolean isDenied() {
		return this.cause instanceof AccessDeniedException;
	}

	private @Nullable Path fileAbove() {
		for (Path above = this.path.getParent(); above != null; above = above.getParent()) {
			if (Files.exists(above)) {
				return Files.isDirectory(above) ? null : above;
			}
		}
		return null;
	}

}

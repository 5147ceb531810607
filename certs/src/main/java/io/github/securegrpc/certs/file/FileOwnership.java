package io.github.securegrpc.certs.file;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.UserPrincipal;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Whose a file is, and who else may read or change it, where the file system knows that
 * as POSIX does.
 *
 * @param uid the number of the owner
 * @param owner the owner
 * @param group the group
 * @param mode the permissions, with the sticky bit
 */
record FileOwnership(int uid, UserPrincipal owner, GroupPrincipal group, int mode) {

	private static final String VIEW = "unix";

	private static final int STICKY = 0x200;

	private static final int GROUP = 0x38;

	private static final int GROUP_WRITE = 0x10;

	private static final int OTHERS = 0x7;

	private static final int OTHERS_WRITE = 0x2;

	/**
	 * The user of this process as each file system has it, which a network or a container
	 * may map.
	 */
	private static final Map<FileStore, Integer> SELF = new ConcurrentHashMap<>();

	static boolean isKnown(Path path) throws IOException {
		return path.getFileSystem().supportedFileAttributeViews().contains(VIEW)
				&& Files.getFileStore(path).supportsFileAttributeView(PosixFileAttributeView.class);
	}

	static FileOwnership of(Path path, LinkOption... options) throws IOException {
		Map<String, Object> attributes = Files.readAttributes(path, VIEW + ":uid,owner,group,mode", options);
		return new FileOwnership((Integer) Objects.requireNonNull(attributes.get("uid")),
				(UserPrincipal) Objects.requireNonNull(attributes.get("owner")),
				(GroupPrincipal) Objects.requireNonNull(attributes.get("group")),
				(Integer) Objects.requireNonNull(attributes.get("mode")));
	}

	/*
	 * Whoever owns a file that this process makes: the name of the user is unknown in
	 * many a container.
	 */
	static int self(Path directory) throws IOException {
		FileStore store = Files.getFileStore(directory);
		Integer self = SELF.get(store);
		if (self == null) {
			Path probe = Files.createTempFile(directory, ".secure-grpc", null);
			try {
				self = of(probe).uid();
			}
			finally {
				Files.delete(probe);
			}
			SELF.put(store, self);
		}
		return self;
	}

	// root can change everything anyway
	boolean isOf(int user) {
		return this.uid == user || this.uid == 0;
	}

	boolean isSticky() {
		return (this.mode & STICKY) != 0;
	}

	boolean othersMayWrite() {
		return (this.mode & (GROUP_WRITE | OTHERS_WRITE)) != 0;
	}

	// a group of the owner's name is the owner alone, as most systems set users up
	boolean strangersMayWrite() {
		return (this.mode & OTHERS_WRITE) != 0 || ((this.mode & GROUP_WRITE) != 0 && !isGroupOfTheOwner());
	}

	boolean strangersMayRead() {
		return (this.mode & OTHERS) != 0 || ((this.mode & GROUP) != 0 && !isGroupOfTheOwner());
	}

	private boolean isGroupOfTheOwner() {
		return this.group.getName().equals(this.owner.getName());
	}

	@Override
	public String toString() {
		return "owner %s, group %s, mode %s".formatted(this.owner.getName(), this.group.getName(),
				Integer.toOctalString(this.mode & 0xfff));
	}

}

package io.github.securegrpc.devh.repair;

import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The class path of the tests without some jars, loaded anew: what is not there is not
 * there for anybody, as in an application that never had it. A filtering class loader
 * hides a class from Spring's conditions only.
 */
public final class TrimmedClassPath extends URLClassLoader {

	private TrimmedClassPath(List<URL> jars) {
		super(jars.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
	}

	/* Of net.devh's engine. */
	public static TrimmedClassPath without(String... jars) {
		return trimmed(Stream.concat(Arrays.stream(jars), Stream.of("spring-boot-grpc-", "spring-grpc-core")));
	}

	/* Of Spring Boot's own gRPC. */
	public static TrimmedClassPath ofBootWithout(String... jars) {
		return trimmed(Stream.concat(Arrays.stream(jars),
				Stream.of("grpc-server-spring-boot-starter", "grpc-client-spring-boot-starter")));
	}

	private static TrimmedClassPath trimmed(Stream<String> jars) {
		List<String> left = jars.toList();
		return new TrimmedClassPath(
				Arrays.stream(System.getProperty("java.class.path").split(Pattern.quote(File.pathSeparator), -1))
					.map(File::new)
					.filter((file) -> left.stream().noneMatch(file.getName()::startsWith))
					.map(File::toURI)
					.map(TrimmedClassPath::url)
					.toList());
	}

	/* The same with the jars of a directory. */
	public TrimmedClassPath with(Path directory) throws IOException {
		List<URL> jars = new ArrayList<>(List.of(getURLs()));
		try (Stream<Path> added = Files.list(directory)) {
			added.map(Path::toUri).map(TrimmedClassPath::url).forEach(jars::add);
		}
		return new TrimmedClassPath(jars);
	}

	public List<String> start() throws ReflectiveOperationException {
		return start(StartedApplication.PLAINTEXT);
	}

	/**
	 * Starts {@link StartedApplication} on this class path. It is not closed after:
	 * Netty's threads end a little later and still load classes then.
	 * @param properties its properties
	 * @return the names of its beans
	 * @throws ReflectiveOperationException what ended the start, as its cause
	 */
	public List<String> start(Map<String, String> properties) throws ReflectiveOperationException {
		Thread thread = Thread.currentThread();
		ClassLoader before = thread.getContextClassLoader();
		thread.setContextClassLoader(this);
		try {
			return List.of((String[]) Class.forName(StartedApplication.class.getName(), true, this)
				.getDeclaredMethod("beans", Map.class)
				.invoke(null, properties));
		}
		finally {
			thread.setContextClassLoader(before);
		}
	}

	private static URL url(URI file) {
		try {
			return file.toURL();
		}
		catch (MalformedURLException ex) {
			throw new IllegalStateException(ex);
		}
	}

}

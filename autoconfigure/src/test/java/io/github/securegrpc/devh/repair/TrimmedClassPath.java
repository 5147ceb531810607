package io.github.securegrpc.devh.repair;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The class path of the tests without some jars, loaded anew: what is not there is not
 * there for anybody, as in an application that never had it. A filtering class loader
 * hides a class from Spring's conditions only.
 */
final class TrimmedClassPath extends URLClassLoader {

	private TrimmedClassPath(List<URL> jars) {
		super(jars.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
	}

	static TrimmedClassPath without(String jar) {
		return new TrimmedClassPath(
				Arrays.stream(System.getProperty("java.class.path").split(Pattern.quote(File.pathSeparator), -1))
					.map(File::new)
					.filter((file) -> !file.getName().startsWith(jar))
					.map(File::toURI)
					.map(TrimmedClassPath::url)
					.toList());
	}

	/**
	 * Starts {@link StartedApplication} on this class path. It is not closed after:
	 * Netty's threads end a little later and still load classes then.
	 * @return the names of its beans
	 * @throws ReflectiveOperationException what ended the start, as its cause
	 */
	List<String> start() throws ReflectiveOperationException {
		Thread thread = Thread.currentThread();
		ClassLoader before = thread.getContextClassLoader();
		thread.setContextClassLoader(this);
		try {
			return List.of((String[]) Class.forName(StartedApplication.class.getName(), true, this)
				.getDeclaredMethod("beans")
				.invoke(null));
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

package io.github.securegrpc.sample.ledger.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collection;
import java.util.List;

import com.zaxxer.hikari.HikariDataSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.DataSourceProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.data.jdbc.core.JdbcAggregateOperations;
import org.springframework.data.jdbc.repository.config.AbstractJdbcConfiguration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * The books with a database, which other scenarios have no need of: all else that Spring
 * Boot configures for one follows from its being there. Spring Data JDBC without
 * repositories, whose set-up would take longer than the books.
 */
@Configuration(proxyBeanMethods = false)
@Profile("ledger")
@EnableConfigurationProperties(DataSourceProperties.class)
class BooksConfiguration extends AbstractJdbcConfiguration {

	@Override
	protected Collection<String> getMappingBasePackages() {
		return List.of(BooksConfiguration.class.getPackageName());
	}

	@Bean
	@ConfigurationProperties("spring.datasource.hikari")
	HikariDataSource dataSource(DataSourceProperties properties, @Value("${sample.ledger.directory}") Path directory)
			throws IOException {
		if (properties.determineUrl().startsWith("jdbc:h2:file:" + directory)) {
			makeOwn(directory);
		}
		return properties.initializeDataSourceBuilder().type(HikariDataSource.class).build();
	}

	/* The books are nobody else's business. One that is there keeps its rights. */
	private static void makeOwn(Path directory) throws IOException {
		if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
			Files.createDirectories(directory,
					PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
		}
	}

	@Bean
	Books books(PlatformTransactionManager manager, JdbcAggregateOperations aggregates, JdbcClient jdbc) {
		return new Books(manager, aggregates, jdbc);
	}

}

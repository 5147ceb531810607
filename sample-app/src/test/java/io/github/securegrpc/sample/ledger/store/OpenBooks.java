package io.github.securegrpc.sample.ledger.store;

import java.util.stream.Stream;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The books of the sample's own configuration, without the rest of it.
 */
public final class OpenBooks implements AutoCloseable {

	private final ConfigurableApplicationContext context;

	public OpenBooks(String... arguments) {
		this.context = new SpringApplicationBuilder(BooksAlone.class).web(WebApplicationType.NONE)
			.profiles("ledger")
			.logStartupInfo(false)
			.run(arguments);
	}

	public Books books() {
		return this.context.getBean(Books.class);
	}

	/** As after the first start. */
	public void empty() {
		Stream
			.of("delete from agreed_line", "delete from posted_line",
					"delete from posted_transaction where voids is not null", "delete from posted_transaction",
					"delete from account_tag", "delete from account",
					"delete from known_currency where code not in ('USD', 'AUD', 'GBP', 'BTC', 'ETH', 'OXEN')",
					"update known_currency set turnover = 0")
			.forEach(this::execute);
	}

	public void execute(String sql) {
		this.context.getBean(JdbcClient.class).sql(sql).update();
	}

	@Override
	public void close() {
		this.context.close();
	}

	@Configuration(proxyBeanMethods = false)
	@Import(BooksConfiguration.class)
	@ImportAutoConfiguration({ FlywayAutoConfiguration.class, DataSourceTransactionManagerAutoConfiguration.class,
			JdbcTemplateAutoConfiguration.class, JdbcClientAutoConfiguration.class })
	static class BooksAlone {

	}

}

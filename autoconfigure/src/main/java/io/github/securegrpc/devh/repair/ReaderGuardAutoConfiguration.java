package io.github.securegrpc.devh.repair;

import net.devh.boot.grpc.server.security.authentication.GrpcAuthenticationReader;
import net.devh.boot.grpc.server.security.interceptors.DefaultAuthenticatingServerInterceptor;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.security.core.Authentication;

/**
 * Puts every reader of the application, lazy ones too, before the {@link ReaderGuard}
 * when all singletons are made and nothing is started: no port is open yet.
 *
 * @since 0.1.0
 */
@AutoConfiguration
@ConditionalOnClass({ Authentication.class, GrpcAuthenticationReader.class })
public final class ReaderGuardAutoConfiguration {

	@Bean
	SmartInitializingSingleton grpcAuthenticationReaderGuard(ListableBeanFactory beans) {
		return () -> {
			BeanFactoryUtils.beansOfTypeIncludingAncestors(beans, GrpcAuthenticationReader.class, false, true)
				.forEach(ReaderGuard::checkReader);
			BeanFactoryUtils
				.beansOfTypeIncludingAncestors(beans, DefaultAuthenticatingServerInterceptor.class, false, true)
				.forEach(ReaderGuard::checkInterceptor);
		};
	}

}

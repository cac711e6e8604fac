package io.fanfare.edge.outbound;

import io.fanfare.edge.caller.TrustSettings;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;

@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
class OutboundAutoConfiguration {

    @Bean
    OutboundAddressGuard outboundAddressGuard(TrustSettings settings) {
        return new OutboundAddressGuard(settings.devMode());
    }
}

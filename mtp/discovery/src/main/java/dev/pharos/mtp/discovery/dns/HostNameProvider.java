// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.discovery.dns;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolver.LookupPolicy;
import java.net.spi.InetAddressResolverProvider;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// Puts [HostNames] behind every host name that this process resolves. Found by the JDK as a service.
public final class HostNameProvider extends InetAddressResolverProvider {
    @Override
    public InetAddressResolver get(Configuration configuration) {
        return new Names(configuration.builtinResolver());
    }

    @Override
    public String name() {
        return "pharos";
    }

    /// @param host what the JDK itself does
    private record Names(InetAddressResolver host) implements InetAddressResolver {
        @Override
        public Stream<InetAddress> lookupByName(String name, LookupPolicy policy) throws UnknownHostException {
            Optional<NameLookup> own = HostNames.lookup()
                    .filter(lookup -> isLocal(name)
                            ? lookup.multicast().isPresent()
                            : lookup.unicast().isPresent() && !name.equals("localhost"));
            if (own.isEmpty()) {
                return host.lookupByName(name, policy);
            }
            NameLookup.Addresses found = own.get().of(name);
            List<InetAddress> fitting = found.addresses().stream()
                    .filter(address -> (policy.characteristics() & family(address)) != 0)
                    .toList();
            if (fitting.isEmpty()) {
                throw new UnknownHostException(name + ": " + String.join("; ", found.problems()));
            }
            return fitting.stream();
        }

        private static boolean isLocal(String name) {
            String lower = name.toLowerCase(Locale.ROOT);
            return lower.endsWith(".local") || lower.endsWith(".local.");
        }

        private static int family(InetAddress address) {
            return address.getAddress().length == 4 ? LookupPolicy.IPV4 : LookupPolicy.IPV6;
        }

        @Override
        public String lookupByAddress(byte[] address) throws UnknownHostException {
            return host.lookupByAddress(address);
        }
    }
}

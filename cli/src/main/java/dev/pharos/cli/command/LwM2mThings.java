// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import dev.pharos.cli.terminal.WrongUsageException;
import dev.pharos.datamodel.device.ServiceElement;
import dev.pharos.device.lwm2m.KeyFile;
import dev.pharos.device.lwm2m.LwM2mBridge;
import dev.pharos.device.lwm2m.LwM2mConfig;
import dev.pharos.device.lwm2m.ThingCertificates;
import dev.pharos.device.proxied.ProxiedDevices;
import dev.pharos.mtp.tls.PemFiles;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Things of LwM2M, as `--lwm2m` wants them. Apart from the options, since a package may be made without the library
/// that this loads.
final class LwM2mThings {
    private static final int PLAIN_PORT = 5683;
    private static final int SECURE_PORT = 5684;

    private LwM2mThings() {}

    /// What backs them, made anew for each start of the agent.
    ///
    /// @param insecure whether things without a key may come from other hosts
    /// @throws WrongUsageException saying which option is wrong
    static Supplier<List<ServiceElement>> behind(List<String> urls, ThingsOptions options, boolean insecure) {
        LwM2mConfig config = config(urls, options, insecure);
        return () -> List.of(new ProxiedDevices(new LwM2mBridge(config), Clock.systemUTC()));
    }

    private static LwM2mConfig config(List<String> urls, ThingsOptions options, boolean insecure) {
        Optional<InetSocketAddress> plain = Optional.empty();
        Optional<InetSocketAddress> secure = Optional.empty();
        for (String url : urls) {
            boolean encrypted = url.toLowerCase(Locale.ROOT).startsWith("coaps:");
            InetSocketAddress address = address(url, encrypted ? SECURE_PORT : PLAIN_PORT);
            if (encrypted ? secure.isPresent() : plain.isPresent()) {
                throw new WrongUsageException("--lwm2m: one address for each of coap and coaps: " + url);
            }
            if (encrypted) {
                secure = Optional.of(address);
            } else if (address.getAddress().isLoopbackAddress() || insecure) {
                plain = Optional.of(address);
            } else {
                throw new WrongUsageException("--lwm2m: " + url + " lets anybody be any thing; use coaps:// with"
                        + " --lwm2m-keys, or --insecure in a laboratory");
            }
        }
        List<KeyFile.Key> known = known(options.keys);
        Optional<ThingCertificates> certificates = certificates(options);
        if (secure.isPresent() && known.isEmpty() && certificates.isEmpty()) {
            throw new WrongUsageException(
                    "--lwm2m coaps:// needs --lwm2m-keys with a key for each thing, or --lwm2m-cert,"
                            + " --lwm2m-cert-key and --lwm2m-ca");
        }
        return new LwM2mConfig(plain, secure, known, certificates);
    }

    private static Optional<ThingCertificates> certificates(ThingsOptions options) {
        Path certificate = options.certificate;
        Path key = options.certificateKey;
        Path authorities = options.authorities;
        if (certificate == null && key == null && authorities == null) {
            return Optional.empty();
        }
        if (certificate == null || key == null || authorities == null) {
            throw new WrongUsageException("--lwm2m-cert, --lwm2m-cert-key and --lwm2m-ca belong together");
        }
        try {
            return Optional.of(new ThingCertificates(
                    PemFiles.certificates(certificate), PemFiles.privateKey(key), PemFiles.certificates(authorities)));
        } catch (IOException | IllegalArgumentException wrong) {
            throw new WrongUsageException("--lwm2m-cert: " + wrong.getMessage());
        }
    }

    private static List<KeyFile.Key> known(@Nullable Path keys) {
        try {
            return keys == null ? List.of() : KeyFile.read(keys);
        } catch (IOException failed) {
            throw new WrongUsageException("--lwm2m-keys: " + failed.getMessage());
        }
    }

    private static InetSocketAddress address(String url, int usualPort) {
        try {
            URI uri = new URI(url);
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            boolean known = scheme.equals("coap") || scheme.equals("coaps");
            String path = String.valueOf(uri.getRawPath());
            if (!known || uri.getHost() == null || !(path.isEmpty() || path.equals("/"))) {
                throw new WrongUsageException(form(url));
            }
            return new InetSocketAddress(
                    InetAddress.getByName(uri.getHost()), uri.getPort() < 0 ? usualPort : uri.getPort());
        } catch (URISyntaxException | IllegalArgumentException wrong) {
            throw new WrongUsageException(form(url));
        } catch (UnknownHostException unknown) {
            throw new WrongUsageException("--lwm2m: no such address: " + url);
        }
    }

    private static String form(String url) {
        return "--lwm2m must be coap://ADDRESS[:PORT] or coaps://ADDRESS[:PORT]: " + url;
    }
}

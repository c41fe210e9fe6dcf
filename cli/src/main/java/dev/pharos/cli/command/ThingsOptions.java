// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import dev.pharos.agent.config.AgentSurroundings;
import dev.pharos.cli.terminal.WrongUsageException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which things behind this host the agent offers.
final class ThingsOptions {
    @Option(
            names = "--lwm2m",
            paramLabel = "URL",
            description =
                    "Take in things that speak LwM2M, and offer them as Device.ProxiedDevice.: coaps://ADDRESS[:PORT] with"
                            + " --lwm2m-keys or --lwm2m-cert, or coap://ADDRESS[:PORT] on a loopback address; once of each. See docs/things.md.")
    List<String> lwm2m = new ArrayList<>();

    @Option(
            names = "--lwm2m-keys",
            paramLabel = "FILE",
            description = "The keys of these things, a line each: NAME IDENTITY KEY, the key in hexadecimal digits.")
    @Nullable
    Path keys;

    @Option(
            names = "--lwm2m-cert",
            paramLabel = "FILE",
            description = "The certificate that this host shows such things, PEM, with --lwm2m-cert-key and --lwm2m-ca:"
                    + " then things may show certificates in place of keys.")
    @Nullable
    Path certificate;

    @Option(names = "--lwm2m-cert-key", paramLabel = "FILE", description = "Its key on an elliptic curve, PEM.")
    @Nullable
    Path certificateKey;

    @Option(
            names = "--lwm2m-ca",
            paramLabel = "FILE",
            description = "Who vouches for things, PEM; the common name of a thing's certificate is its name.")
    @Nullable
    Path authorities;

    /// Takes an option that is written plainly.
    ///
    /// @return false where it is none of these
    boolean take(String name, String value) {
        switch (name) {
            case "lwm2m" -> lwm2m.add(value);
            case "lwm2m-keys" -> keys = Path.of(value);
            case "lwm2m-cert" -> certificate = Path.of(value);
            case "lwm2m-cert-key" -> certificateKey = Path.of(value);
            case "lwm2m-ca" -> authorities = Path.of(value);
            default -> {
                return false;
            }
        }
        return true;
    }

    /// These surroundings with the things that are wanted.
    ///
    /// @param insecure whether things without a key may come from other hosts
    /// @throws WrongUsageException saying which option is wrong
    AgentSurroundings behind(AgentSurroundings surroundings, boolean insecure) {
        if (lwm2m.isEmpty()) {
            String said = keys != null
                    ? "--lwm2m-keys"
                    : certificate != null
                            ? "--lwm2m-cert"
                            : certificateKey != null ? "--lwm2m-cert-key" : authorities != null ? "--lwm2m-ca" : "";
            if (!said.isEmpty()) {
                throw new WrongUsageException(said + " needs --lwm2m");
            }
            return surroundings;
        }
        try {
            return surroundings.backedBy(LwM2mThings.behind(lwm2m, this, insecure));
        } catch (NoClassDefFoundError leftOut) {
            throw new WrongUsageException(
                    "--lwm2m: this package was made without LwM2M; ./pharos package openwrt --lwm2m"
                            + " makes one that has it");
        }
    }
}

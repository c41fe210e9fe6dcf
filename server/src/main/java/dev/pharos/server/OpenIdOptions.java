// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server;

import dev.pharos.server.openid.OpenIdDoor;
import dev.pharos.server.openid.OpenIdFile;
import dev.pharos.server.openid.OpenIdSettings;
import dev.pharos.server.openid.OpenIdSignIn;
import dev.pharos.server.yaml.YamlException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// How people sign in beside by password.
final class OpenIdOptions {
    /// Never on the command line, which others on this host can read.
    private static final String SECRET = "PHAROS_OPENID_SECRET";

    @Option(
            names = "--openid",
            paramLabel = "FILE",
            defaultValue = "${env:PHAROS_OPENID}",
            description = "YAML: by which OpenID provider people sign in, and what its groups may do (default"
                    + " $PHAROS_OPENID, else off); see docs/people.md")
    @Nullable
    Path file;

    /// @param loopback whether only this host finds the page
    /// @throws StartException where the file cannot be used
    Optional<OpenIdSettings> settings(boolean loopback) throws StartException {
        Path chosen = file;
        if (chosen == null || chosen.toString().isEmpty()) {
            return Optional.empty();
        }
        try {
            OpenIdSettings settings = OpenIdFile.read(
                    chosen, Optional.ofNullable(System.getenv(SECRET)).filter(secret -> !secret.isBlank()));
            if (settings.page().isEmpty() && !loopback) {
                throw StartException.usage("--openid " + chosen + ": \"page\" is missing: where others can reach the"
                        + " server, the provider must know where it sends them back to: https://HOST[:PORT]");
            }
            return Optional.of(settings);
        } catch (YamlException wrong) {
            throw StartException.usage("--openid " + chosen + ", line " + wrong.line() + ": " + wrong.reason());
        } catch (IOException unreadable) {
            throw StartException.failed("--openid: " + unreadable.getMessage());
        }
    }

    OpenIdDoor open(boolean loopback, Clock clock) throws StartException, IOException {
        Optional<OpenIdSettings> settings = settings(loopback);
        return new OpenIdDoor(
                settings.isPresent() ? Optional.of(OpenIdSignIn.start(settings.get(), clock)) : Optional.empty());
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.enrol;

import dev.pharos.cli.enrol.EstClient.Answer;
import dev.pharos.mtp.RetryBackoff;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Gets the device its certificate and keeps it in force: renewed when two thirds of its time are over, by showing it;
/// with the bootstrap again where it has expired meanwhile. It never gives up, since on a device nobody starts it anew.
public final class Enrolment implements AutoCloseable {
    private final OwnCertificate own;
    private final EstClient first;
    private final EstClient renewing;
    private final Consumer<String> say;
    private int failures;
    private String said = "";
    private @Nullable Thread keeper;

    /// @param first shows the bootstrap
    /// @param renewing shows the certificate
    /// @param say told of what is done and what goes wrong, a line each
    Enrolment(OwnCertificate own, EstClient first, EstClient renewing, Consumer<String> say) {
        this.own = own;
        this.first = first;
        this.renewing = renewing;
        this.say = say;
    }

    public Path certificate() {
        return own.certificate();
    }

    public Path key() {
        return own.key();
    }

    /// Waits until there is a certificate that holds, and keeps it in force from then on.
    ///
    /// @throws IOException where its files cannot be read or written
    public void begin() throws IOException, InterruptedException {
        while (true) {
            Duration wait = attend(Instant.now());
            if (own.holds(Instant.now())) {
                break;
            }
            Thread.sleep(wait);
        }
        keeper = Thread.ofVirtual().name("enrolment").start(this::keep);
    }

    private void keep() {
        try {
            while (true) {
                Duration wait;
                try {
                    wait = attend(Instant.now());
                } catch (IOException files) {
                    tell("the device's certificate: " + files.getMessage());
                    wait = Limits.LATEST;
                }
                Thread.sleep(wait.compareTo(Limits.LOOK) < 0 ? wait : Limits.LOOK);
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /// Does what is due.
    ///
    /// @return until when nothing is
    Duration attend(Instant now) throws IOException {
        boolean holds = own.holds(now);
        X509Certificate current = own.current().orElse(null);
        if (holds && current != null && now.isBefore(due(current))) {
            return Duration.between(now, due(current));
        }
        Answer answer;
        try {
            answer = holds ? renewing.renew(own.asked()) : first.enrol(own.asked());
        } catch (IOException unreached) {
            tell("cannot ask for the device's certificate: " + unreached.getMessage());
            return backoff();
        }
        return switch (answer) {
            case Answer.Certified certified -> {
                own.keep(certified.chain());
                failures = 0;
                Instant until = certified.chain().getFirst().getNotAfter().toInstant();
                tell("the device has a certificate until " + until);
                yield Duration.between(now, due(certified.chain().getFirst()));
            }
            case Answer.Later(Duration after, String reason) -> {
                tell("no certificate yet: " + reason);
                yield within(after);
            }
            case Answer.Refused(String reason) -> {
                tell("no certificate: " + reason);
                yield backoff();
            }
        };
    }

    /// When two thirds of its time are over.
    static Instant due(X509Certificate certificate) {
        Instant from = certificate.getNotBefore().toInstant();
        Duration life = Duration.between(from, certificate.getNotAfter().toInstant());
        return from.plus(life.multipliedBy(2).dividedBy(3));
    }

    private Duration backoff() {
        failures++;
        return within(RetryBackoff.DEFAULT.waitBefore(failures, ThreadLocalRandom.current()));
    }

    private static Duration within(Duration wait) {
        if (wait.compareTo(Limits.SOONEST) < 0) {
            return Limits.SOONEST;
        }
        return wait.compareTo(Limits.LATEST) > 0 ? Limits.LATEST : wait;
    }

    /// The same thing once.
    private void tell(String line) {
        if (!line.equals(said)) {
            said = line;
            say.accept(line);
        }
    }

    /// Leaves the certificate as it is.
    @Override
    public void close() {
        Thread keeping = keeper;
        if (keeping == null) {
            return;
        }
        keeping.interrupt();
        try {
            // what it is writing is whole before anybody else looks at the folder
            boolean _ = keeping.join(Limits.CLOSING);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}

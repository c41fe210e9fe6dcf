// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.uds;

import io.netty.channel.Channel;
import io.netty.channel.socket.nio.NioChannelOption;
import java.util.Optional;
import jdk.net.ExtendedSocketOptions;
import jdk.net.UnixDomainPrincipal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The user who runs the process at the other end, as the kernel says (SO_PEERCRED).
///
/// @param name empty where the system does not tell
record PeerUser(Optional<String> name) {
    private static final Logger LOG = LoggerFactory.getLogger(PeerUser.class);
    private static final String ADMINISTRATOR = "root";

    static PeerUser of(Channel channel) {
        try {
            @Nullable
            UnixDomainPrincipal credentials =
                    channel.config().getOption(NioChannelOption.of(ExtendedSocketOptions.SO_PEERCRED));
            return new PeerUser(
                    Optional.ofNullable(credentials).map(known -> known.user().getName()));
        } catch (RuntimeException untold) {
            LOG.debug("the user of {} is not told", channel, untold);
            return new PeerUser(Optional.empty());
        }
    }

    /// Whether it is the user that we run as, or the administrator, who may do all that we may: such a peer is
    /// trusted as one on the loopback is.
    boolean ours() {
        return name.filter(user -> user.equals(ADMINISTRATOR)
                        || ProcessHandle.current()
                                .info()
                                .user()
                                .filter(user::equals)
                                .isPresent())
                .isPresent();
    }

    String text() {
        return name.map(user -> "user " + Texts.shown(user)).orElse("an unknown user");
    }
}

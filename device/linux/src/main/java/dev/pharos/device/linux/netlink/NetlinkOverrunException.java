// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.linux.netlink;

import java.io.IOException;

/// More was announced than the socket could hold: what is known is no longer sure and must be asked for anew.
final class NetlinkOverrunException extends IOException {
    private static final long serialVersionUID = 1L;

    NetlinkOverrunException() {
        super("announcements were lost");
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.pharos.xmpp;

import java.io.IOException;
import java.io.Serial;

/// There is no connection to the XMPP server; the text is for people and holds no secret.
final class XmppFailure extends IOException {
    @Serial
    private static final long serialVersionUID = 1;

    private final LinkState.Trouble trouble;

    XmppFailure(LinkState.Trouble trouble, String reason, Throwable cause) {
        super(reason, cause);
        this.trouble = trouble;
    }

    LinkState.Trouble trouble() {
        return trouble;
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}

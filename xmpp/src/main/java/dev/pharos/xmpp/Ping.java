// SPDX-License-Identifier: Apache-2.0
package dev.pharos.xmpp;

import org.jivesoftware.smack.packet.IQ;

/// A question that any answer answers, also that it is not understood: whether the other end is there (XEP-0199).
final class Ping extends IQ {
    Ping() {
        super("ping", "urn:xmpp:ping");
        setType(Type.get);
    }

    @Override
    protected IQChildElementXmlStringBuilder getIQChildElementBuilder(IQChildElementXmlStringBuilder xml) {
        xml.setEmptyElement();
        return xml;
    }
}

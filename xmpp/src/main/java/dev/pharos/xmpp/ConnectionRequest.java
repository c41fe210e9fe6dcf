// SPDX-License-Identifier: Apache-2.0
package dev.pharos.xmpp;

import java.io.IOException;
import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smack.packet.IqData;
import org.jivesoftware.smack.packet.XmlEnvironment;
import org.jivesoftware.smack.provider.IqProvider;
import org.jivesoftware.smack.xml.XmlPullParser;
import org.jivesoftware.smack.xml.XmlPullParserException;

/// The one request of Annex K: come to your ACS.
final class ConnectionRequest extends IQ {
    static final String ELEMENT = "connectionRequest";
    static final String NAMESPACE = "urn:broadband-forum-org:cwmp:xmppConnReq-1-0";

    private final String username;
    private final String password;

    ConnectionRequest(String username, String password) {
        super(ELEMENT, NAMESPACE);
        this.username = username;
        this.password = password;
    }

    String username() {
        return username;
    }

    String password() {
        return password;
    }

    @Override
    protected IQChildElementXmlStringBuilder getIQChildElementBuilder(IQChildElementXmlStringBuilder xml) {
        xml.rightAngleBracket();
        xml.element("username", username);
        xml.element("password", password);
        return xml;
    }

    /// Reads one; what is missing is empty, and too much is cut.
    static final class Provider extends IqProvider<ConnectionRequest> {
        @Override
        public ConnectionRequest parse(XmlPullParser parser, int depth, IqData data, XmlEnvironment environment)
                throws XmlPullParserException, IOException {
            String username = "";
            String password = "";
            XmlPullParser.Event event = parser.next();
            while (event != XmlPullParser.Event.END_ELEMENT || parser.getDepth() != depth) {
                if (event == XmlPullParser.Event.START_ELEMENT) {
                    switch (parser.getName()) {
                        case "username" -> username = cut(parser.nextText());
                        case "password" -> password = cut(parser.nextText());
                        default -> {}
                    }
                }
                event = parser.next();
            }
            return new ConnectionRequest(username, password);
        }

        private static String cut(String text) {
            return text.length() > Limits.TEXT_CHARACTERS ? text.substring(0, Limits.TEXT_CHARACTERS) : text;
        }
    }
}

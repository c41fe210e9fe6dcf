// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.mqtt;

import dev.pharos.usp.EndpointId;
import dev.pharos.usp.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// The topics of this platform, and the way MQTT 3.1.1 carries a reply-to topic.
///
/// An Endpoint ID stands in a topic as it is, save for `%`, `/`, `+` and `#`, which are written `%25`, `%2f`,
/// `%2b` and `%23`: the last three would change what the topic means, and `%` keeps the writing reversible.
/// The digits are in lower case since a receiver of MQTT 3.1.1 turns each `%2F` of a reply-to topic back into
/// `/` (R-MQTT.25).
public final class MqttTopics {
    private static final String AGENT = "usp/agent/";
    private static final String CONTROLLER = "usp/controller/";
    private static final String ANSWERS = "usp/answers/";
    private static final String REPORTS = "usp/bulk/";
    private static final String SHARED = "$share/";
    private static final String GROUP = "pharos";

    /// The filter of the topics that [#forReports] makes.
    public static final String ALL_REPORTS = REPORTS + "+";

    private static final String REPLY_TO = "/reply-to=";
    private static final String SPECIAL = "%/+#";

    private MqttTopics() {}

    /// Where an Agent listens.
    public static String forAgent(EndpointId agent) {
        return AGENT + escape(agent.toString());
    }

    /// Where a Controller listens.
    public static String forController(EndpointId controller) {
        return CONTROLLER + escape(controller.toString());
    }

    /// Where one of several servers that are one Controller is answered: outside of what they share.
    ///
    /// @param server its name among them, of letters and digits
    public static String forServer(EndpointId controller, String server) {
        return ANSWERS + escape(controller.toString()) + "/" + server;
    }

    /// Where an Agent publishes its reports of bulk data for us.
    public static String forReports(EndpointId agent) {
        return REPORTS + escape(agent.toString());
    }

    /// Whether reports of some Agent go to this topic.
    public static boolean isForReports(String topic) {
        return topic.startsWith(REPORTS);
    }

    /// The filter of which the broker gives each packet to one of the servers that are one Controller.
    static String sharedByUs(String filter) {
        return shared(GROUP, filter);
    }

    /// The filter of which the broker gives each packet to one of those who subscribe to it (MQTT 5, 4.8.2).
    ///
    /// @param group of those who share, of letters and digits
    static String shared(String group, String filter) {
        return SHARED + group + "/" + filter;
    }

    /// What a filter brings, whether it is shared or not.
    static String unshared(String filter) {
        return isShared(filter) ? filter.substring(filter.indexOf('/', SHARED.length()) + 1) : filter;
    }

    static boolean isShared(String filter) {
        return filter.startsWith(SHARED);
    }

    /// The Endpoint ID in a topic that [#forAgent] or [#forController] made; empty for any other topic.
    public static Optional<EndpointId> endpointId(String topic) {
        return endpointId(topic, List.of(AGENT, CONTROLLER));
    }

    /// The Endpoint ID in a topic that [#forReports] made; empty for any other topic.
    public static Optional<EndpointId> reporter(String topic) {
        return endpointId(topic, List.of(REPORTS));
    }

    private static Optional<EndpointId> endpointId(String topic, List<String> prefixes) {
        for (String prefix : prefixes) {
            if (topic.startsWith(prefix)) {
                try {
                    return Optional.of(EndpointId.parse(unescape(topic.substring(prefix.length()))));
                } catch (MalformedInputException notOurs) {
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }

    /// The topic that MQTT 3.1.1 publishes to (R-MQTT.24).
    static String withReplyTo(String destination, String replyTo) {
        return destination + REPLY_TO + replyTo.replace("/", "%2F");
    }

    /// The reply-to topic in a topic that MQTT 3.1.1 published to: what follows the last `/reply-to=`
    /// (R-MQTT.25).
    static Optional<String> replyTo(String topic) {
        int at = topic.lastIndexOf(REPLY_TO);
        return at < 0
                ? Optional.empty()
                : Optional.of(topic.substring(at + REPLY_TO.length()).replace("%2F", "/"));
    }

    /// Whether Records may be published to a topic that a peer named.
    static boolean mayBeAnswered(String topic) {
        return !topic.isEmpty()
                && topic.charAt(0) != '$'
                && topic.chars().noneMatch(c -> c == '+' || c == '#' || Character.isISOControl(c))
                && StandardCharsets.UTF_8.newEncoder().canEncode(topic)
                && topic.getBytes(StandardCharsets.UTF_8).length <= Limits.TOPIC_BYTES;
    }

    /// Whether a subscription to `filter` brings all that is published to `topic`.
    static boolean covers(String filter, String topic) {
        String[] want = filter.split("/", -1);
        String[] have = topic.split("/", -1);
        for (int i = 0; i < want.length; i++) {
            if (want[i].equals("#")) {
                // `a/#` also brings `a` itself.
                return true;
            }
            if (i >= have.length || !(want[i].equals("+") || want[i].equals(have[i]))) {
                return false;
            }
        }
        return want.length == have.length;
    }

    private static String escape(String id) {
        StringBuilder out = new StringBuilder(id.length() + 8);
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            if (SPECIAL.indexOf(c) < 0) {
                out.append(c);
            } else {
                out.append('%').append(HexFormat.of().toHexDigits((byte) c));
            }
        }
        return out.toString();
    }

    private static String unescape(String escaped) {
        String text = escaped;
        for (char c : new char[] {'/', '+', '#', '%'}) {
            // The percent sign last, so that what it restores is not read again.
            text = text.replace("%" + HexFormat.of().toHexDigits((byte) c), String.valueOf(c));
        }
        return text;
    }
}

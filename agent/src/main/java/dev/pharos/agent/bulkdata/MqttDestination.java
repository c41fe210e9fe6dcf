// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.bulkdata;

import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.mtp.Publication;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;

/// `Profile.{i}.MQTT.`: the topic that reports are published to, and by which client.
record MqttDestination(ObjectInstance row) {

    /// The path of a row of `Device.MQTT.Client.`; a dot where there is none.
    String client() {
        return text("Reference") + ".";
    }

    /// Whether it is said by which client, and where to.
    boolean isComplete() {
        return !text("Reference").isEmpty() && !text("PublishTopic").isEmpty();
    }

    /// @throws UspException 7012 where nobody can publish to the topic
    void check() {
        String topic = text("PublishTopic");
        if (topic.indexOf('+') >= 0 || topic.indexOf('#') >= 0 || topic.indexOf('\0') >= 0) {
            throw new UspException(
                    StandardErrorCode.INVALID_VALUE, row.path() + "PublishTopic: a topic without wildcards");
        }
    }

    Publication publication(ReportEncoding encoding, String reports) {
        return new Publication(
                text("PublishTopic"),
                Bytes.ofUtf8(reports),
                encoding.mediaType(),
                Integer.parseInt(text("PublishQoS")),
                text("PublishRetain").equals("true"));
    }

    private String text(String parameter) {
        return row.value(parameter).orElse("");
    }
}

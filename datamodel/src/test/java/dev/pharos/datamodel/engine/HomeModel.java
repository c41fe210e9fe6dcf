// SPDX-License-Identifier: Apache-2.0
package dev.pharos.datamodel.engine;

import dev.pharos.datamodel.definition.SupportedDataModel;
import dev.pharos.datamodel.format.ModelFormat;
import dev.pharos.datamodel.format.ModelFormatException;
import dev.pharos.datamodel.instance.ChangeJournal;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.List;

/// A small model with one of everything.
final class HomeModel {
    static final String TEXT = """
            model urn:example:home
            object Device. readOnly
              command Reboot() sync
                in Cause string enum=Local|Remote mandatory
                in Delay unsignedInt range=..60
                in Step.{i}.Name string
                out Status string
              event Boot!
                arg Cause string
            object Device.Info. readOnly
              param Name readWrite string len=..16 default=box
              param UpTime readOnly unsignedInt ignore
              param First readOnly dateTime
              param Note writeOnce string
              param Secret readWrite string secured
              param Level readWrite int range=-5..5,10..12
              param Mode readWrite string enum=Auto|Manual
              param Tags readWrite string list listLen=..20
              param Ports readWrite unsignedInt list
              param Share readWrite decimal
            object Device.WiFi. readOnly
              param RadioNumberOfEntries readOnly unsignedInt
              param SSIDNumberOfEntries readOnly unsignedInt
            object Device.WiFi.Radio.{i}. readOnly key Name key Alias!
              param Alias readWrite string type=Alias
              param Name readOnly string
              param Channel readWrite unsignedInt range=1..165 default=36
              param Enable readWrite boolean default=true
              param Status readOnly string enum=Up|Down|Unknown default=Unknown
              param Standards readOnly string list
            object Device.WiFi.Radio.{i}.Stats. readOnly
              param Errors readOnly unsignedLong
            object Device.WiFi.SSID.{i}. addDelete key Alias! key SSID,Band
              param Alias readWrite string type=Alias
              param SSID readWrite string len=1..32
              param Band readWrite string enum=2.4|5 default=5
              param Enable readWrite boolean
              param LowerLayers readWrite string list ref=strong:Device.WiFi.Radio.{i}.
              param Backup readWrite string ref=strong:Device.WiFi.SSID.{i}.
              param Friend readWrite string ref=weak
              param Owner writeOnce string
            object Device.WiFi.SSID.{i}.Stats. readOnly
              param Sent readOnly unsignedLong
            object Device.WiFi.SSID.{i}.Filter.{i}. addDelete key MAC
              param MAC readWrite string type=MACAddress
            object Device.WiFi.Neighbor.{i}. readOnly
              param Signal readOnly int
            """;

    static final SupportedDataModel MODEL = parse(TEXT);

    private HomeModel() {}

    static SupportedDataModel parse(String text) {
        try {
            return ModelFormat.read(new StringReader(text), "test.dm");
        } catch (ModelFormatException wrong) {
            throw new IllegalArgumentException(wrong.getMessage(), wrong);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    static InstantiatedDataModel start(RecordingElement element) {
        return start(element, ChangeJournal.none());
    }

    static InstantiatedDataModel start(RecordingElement element, ChangeJournal journal) {
        try {
            return InstantiatedDataModel.start(List.of(element), journal);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}

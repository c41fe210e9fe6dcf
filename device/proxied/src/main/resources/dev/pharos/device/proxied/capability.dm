# What IoTCapability holds, of a thing and of its nodes alike: "@" stands for the object that has the table.
object @IoTCapability.{i}. readOnly@mounted key Alias!
  param Alias readOnly string len=..64 type=Alias
  param Name readWrite string len=..64
  param Class readOnly string enum=BinaryControl|LevelControl|EnumControl|BinarySensor|LevelSensor|EnumSensor
object @IoTCapability.{i}.BinaryControl. readOnly named Class
  param Type readOnly string enum=Switch|Locked
  param Description readOnly string len=..256
  param Value readWrite boolean
  command Toggle() async
object @IoTCapability.{i}.LevelControl. readOnly named Class
  param Type readOnly string enum=Acceleration|Area|Battery|Brightness|Concentration|Conductivity|Distance|Energy|Flow|Humidity|Intensity|Luminance|Meter|Motion|Position|Power|Pressure|Radiation|Speed|Temperature|Volume|Weight|Depth|Counter|Duration type=IoTLevelType
  param Description readOnly string len=..256
  param Value readWrite decimal
  param Unit readOnly string enum="-|%|deg|degC|degF|K|km|m|cm|mm|h|min|s|ms|sq-km|sq-m|sq-cm|cu-m|l|cl|ml|kg|g|mg|Wh|kWh|W|A|Hz|V|N|Pa|C|F|ohm|S|Wb|T|H|lm|lx|mps|cd|mol|UV|RGB|ppm|Sv|J|rpm|pps|cu-m/s|liter/s|dB|dBm|eV" type=IoTUnitType
  param MinValue readOnly decimal
  param MaxValue readOnly decimal
  param StepValue readWrite decimal default=1
  command StepUp() async
  command StepDown() async
object @IoTCapability.{i}.EnumControl. readOnly named Class
  param Type readOnly string enum=AlarmMode|DoorMode|FanMode|LockMode|OperatingMode|TemperatureMode|ThermostatMode type=IoTEnumControlType
  param Description readOnly string len=..256
  param Value readWrite string
  param ValidValues readOnly string list len=..64
  command StepUp() async
  command StepDown() async
object @IoTCapability.{i}.BinarySensor. readOnly named Class
  param Type readOnly string enum=CarbonDioxideDetected|CarbonMonoxideDetected|DoorOpen|MotionDetected|SmokeDetected|WindowOpen|WaterDetected
  param Description readOnly string len=..256
  param Value readOnly boolean
  param LastChange readOnly dateTime ignore
object @IoTCapability.{i}.LevelSensor. readOnly named Class
  param Type readOnly string enum=Acceleration|Area|Battery|Brightness|Concentration|Conductivity|Distance|Energy|Flow|Humidity|Intensity|Luminance|Meter|Motion|Position|Power|Pressure|Radiation|Speed|Temperature|Volume|Weight|Depth|Counter|Duration type=IoTLevelType
  param Description readOnly string len=..256
  param Value readOnly decimal
  param LastChange readOnly dateTime ignore
  param Unit readOnly string enum="-|%|deg|degC|degF|K|km|m|cm|mm|h|min|s|ms|sq-km|sq-m|sq-cm|cu-m|l|cl|ml|kg|g|mg|Wh|kWh|W|A|Hz|V|N|Pa|C|F|ohm|S|Wb|T|H|lm|lx|mps|cd|mol|UV|RGB|ppm|Sv|J|rpm|pps|cu-m/s|liter/s|dB|dBm|eV" type=IoTUnitType
object @IoTCapability.{i}.EnumSensor. readOnly named Class
  param Type readOnly string enum=AlarmState|DoorState|FanState|LockState|OperatingState|TemperatureState|ThermostatFanState type=IoTEnumSensorType
  param Description readOnly string len=..256
  param Value readOnly string
  param LastChange readOnly dateTime ignore
  param ValidValues readOnly string list len=..64

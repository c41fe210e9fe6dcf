# Device.ProxiedDevice. of Device:2.19, as far as bridges back it. What is mounted on a row, the row says itself.
model urn:broadband-forum-org:tr-181-2-19-0
object Device. readOnly
  param ProxiedDeviceNumberOfEntries readOnly unsignedInt
object Device.ProxiedDevice.{i}. readOnly key Alias!
  param Alias readOnly string len=..64 type=Alias
  param Type readOnly string enum=Alarm|AntiTheft|Bell|Clock|Door|Fan|GarageDoor|HVAC|Light|Lock|Meter|Motor|Oven|PowerStrip|Sensor|SensorStrip|Siren|Thermostat type=IoTDeviceType
  param Description readOnly string len=..256
  param Name readWrite string len=..64
  param Online readOnly boolean
  param LastTimeContacted readOnly dateTime ignore
  param ProxyProtocol readOnly string
  param NodeNumberOfEntries readOnly unsignedInt
  param IoTCapabilityNumberOfEntries readOnly unsignedInt
  param X_PHAROS-DEV_ResourceNumberOfEntries readOnly unsignedInt
  param X_PHAROS-DEV_Mounted readOnly string list
    desc "The objects that are mounted here, of those that not every thing has."
object Device.ProxiedDevice.{i}.DeviceInfo. readOnly mounted X_PHAROS-DEV_Mounted
  param Manufacturer readOnly string len=..64
  param ModelName readOnly string len=..64
  param SerialNumber readOnly string len=..64
  param HardwareVersion readOnly string len=..64
  param SoftwareVersion readOnly string len=..64
object Device.ProxiedDevice.{i}.Node.{i}. readOnly mounted X_PHAROS-DEV_Mounted key Alias!
  param Alias readOnly string len=..64 type=Alias
  param Type readOnly string enum=Alarm|AntiTheft|Bell|Clock|Door|Fan|GarageDoor|HVAC|Light|Lock|Meter|Motor|Oven|PowerStrip|Sensor|SensorStrip|Siren|Thermostat type=IoTDeviceType
  param Description readOnly string len=..256
  param IoTCapabilityNumberOfEntries readOnly unsignedInt
object Device.ProxiedDevice.{i}.X_PHAROS-DEV_Resource.{i}. readOnly mounted X_PHAROS-DEV_Mounted key Path key Path
  desc "What the thing has, in the words of its own protocol."
  param Path readOnly string len=..64
  param Name readOnly string len=..64
  param Type readOnly string enum=String|Integer|Decimal|Boolean|Time|Bytes|None
  param Operations readOnly string list enum=Read|Write|Execute
  param Unit readOnly string len=..64
  param Value readWrite string
    desc "Bytes in base64. Empty before it was read, and where it is too long to be shown."
  param LastChange readOnly dateTime ignore
  command Execute() async
    in Arguments string len=..256

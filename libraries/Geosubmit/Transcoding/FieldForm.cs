using System.Text;

namespace Exporter.Geosubmit.Transcoding;

internal enum ValueForm : byte
{
    Integer,
    ZigZag,
    Number,
    Text,
    Source,
    CellRadio,
    EstimatedDistance,
}

/// <summary>How a field of a message looks in JSON.</summary>
/// <param name="Wire">Its wire type.</param>
/// <param name="Value">What its value is.</param>
/// <param name="Name">With all that stands before the value: <c>,"age":</c>.</param>
internal sealed record FieldForm(int Wire, ValueForm Value, byte[] Name)
{
    public static FieldForm Integer(string name) => Of(Transcoding.Wire.Varint, ValueForm.Integer, name);

    public static FieldForm ZigZag(string name) => Of(Transcoding.Wire.Varint, ValueForm.ZigZag, name);

    public static FieldForm Number(string name) => Of(Transcoding.Wire.Fixed64, ValueForm.Number, name);

    public static FieldForm Text(string name) => Of(Transcoding.Wire.Delimited, ValueForm.Text, name);

    public static FieldForm Source(string name) => Of(Transcoding.Wire.Varint, ValueForm.Source, name);

    public static FieldForm CellRadio(string name) => Of(Transcoding.Wire.Varint, ValueForm.CellRadio, name);

    public static FieldForm EstimatedDistance(string name) => Of(Transcoding.Wire.Delimited, ValueForm.EstimatedDistance, name);

    private static FieldForm Of(int wire, ValueForm value, string name) => new(wire, value, Encoding.UTF8.GetBytes($",\"{name}\":"));
}

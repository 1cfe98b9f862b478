using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Handover.PracticeShell;

/// <summary>The few commands of Microsoft.PowerShell.Utility that Handover's module uses, which come with Windows and with pwsh.</summary>
internal static class Utility
{
    public static readonly IReadOnlyList<(string Name, Type Type)> Cmdlets =
    [
        ("ConvertFrom-Json", typeof(ConvertFromJson)),
        ("ConvertTo-Json", typeof(ConvertToJson)),
        ("Write-Output", typeof(WriteOutput)),
        ("Select-Object", typeof(SelectObject)),
    ];
}

[Cmdlet(VerbsData.ConvertFrom, "Json")]
public sealed partial class ConvertFromJson : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [AllowEmptyString]
    public string InputObject { get; set; } = "";

    protected override void ProcessRecord()
    {
        JsonNode? node;
        try
        {
            node = JsonNode.Parse(InputObject);
        }
        catch (JsonException error)
        {
            ThrowTerminatingError(new ErrorRecord(error, "JsonConversionFailed", ErrorCategory.InvalidArgument, InputObject));
            return;
        }

        WriteObject(Read(node), enumerateCollection: false);
    }

    private static object? Read(JsonNode? node) => node switch
    {
        null => null,
        JsonArray array => array.Select(Read).ToArray(),
        JsonObject obj => obj.Aggregate(new PSObject(), (made, each) =>
        {
            made.Properties.Add(new PSNoteProperty(each.Key, Read(each.Value)));
            return made;
        }),
        JsonValue value => Value(value),
        _ => throw new InvalidOperationException(),
    };

    private static object Value(JsonValue value)
    {
        if (value.TryGetValue<bool>(out var isTrue)) return isTrue;
        if (value.TryGetValue<long>(out var whole)) return whole;
        return value.TryGetValue<double>(out var number) ? number : Text(value.GetValue<string>());
    }

    /// <summary>As the real command: what looks like a moment becomes one, in pwsh by ISO 8601, in Windows PowerShell as /Date(…)/.</summary>
    private static object Text(string text)
    {
        var ticks = Epoch().Match(text);
        if (ticks.Success && long.TryParse(ticks.Groups[1].ValueSpan, out var ms) && Math.Abs(ms) < 100_000_000_000_000)
            return DateTimeOffset.FromUnixTimeMilliseconds(ms).UtcDateTime;
        return Iso().IsMatch(text) && DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var moment)
            ? moment
            : text;
    }

    [GeneratedRegex(@"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:?\d{2})?$")]
    private static partial Regex Iso();

    [GeneratedRegex(@"^/Date\((-?\d+)([+-]\d{4})?\)/$")]
    private static partial Regex Epoch();
}

[Cmdlet(VerbsData.ConvertTo, "Json")]
public sealed class ConvertToJson : PSCmdlet
{
    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly List<object?> _inputs = [];

    [Parameter(Position = 0, ValueFromPipeline = true)]
    [AllowNull]
    public object? InputObject { get; set; }

    [Parameter]
    [ValidateRange(0, 100)]
    public int Depth { get; set; } = 2;

    [Parameter]
    public SwitchParameter Compress { get; set; }

    protected override void ProcessRecord() => _inputs.Add(InputObject);

    protected override void EndProcessing()
    {
        var value = _inputs.Count == 1 ? _inputs[0] : _inputs.ToArray();
        WriteObject(JsonSerializer.Serialize(Written(value, Depth + 1), Options));
    }

    /// <summary>As the real command: deeper than the depth everything is its text, and enums are numbers.</summary>
    private static object? Written(object? value, int depth)
    {
        var bare = value is PSObject wrapped ? wrapped.BaseObject : value;
        return bare switch
        {
            null => null,
            string or bool or char => bare,
            Enum each => Convert.ToInt64(each),
            sbyte or byte or short or ushort or int or uint or long or ulong or float or double or decimal => bare,
            Guid or DateTime or DateTimeOffset => bare,
            _ when depth <= 0 => value?.ToString(),
            IDictionary map => map.Keys.Cast<object>().ToDictionary(key => $"{key}", key => Written(map[key], depth - 1)),
            IEnumerable list => list.Cast<object?>().Select(each => Written(each, depth - 1)).ToArray(),
            _ => PSObject.AsPSObject(value).Properties.ToDictionary(each => each.Name, each => Written(each.Value, depth - 1)),
        };
    }
}

[Cmdlet(VerbsCommunications.Write, "Output")]
public sealed class WriteOutput : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromRemainingArguments = true)]
    [AllowNull]
    [AllowEmptyCollection]
    public object? InputObject { get; set; }

    [Parameter]
    public SwitchParameter NoEnumerate { get; set; }

    protected override void ProcessRecord() => WriteObject(InputObject, !NoEnumerate);
}

[Cmdlet(VerbsCommon.Select, "Object")]
public sealed class SelectObject : PSCmdlet
{
    [Parameter(Position = 0)]
    public string[] Property { get; set; } = [];

    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    protected override void ProcessRecord()
    {
        if (InputObject is null) return;
        var made = new PSObject();
        foreach (var name in Property) made.Properties.Add(new PSNoteProperty(name, InputObject.Properties[name]?.Value));
        WriteObject(made);
    }
}

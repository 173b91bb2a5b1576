using System.Text.Json;

namespace PinnSweep.Testing.Hooks;

/// <summary>What a hook was sent.</summary>
/// <param name="Headers">By name.</param>
/// <param name="Body">As it came.</param>
public sealed record HookCall(IReadOnlyDictionary<string, string> Headers, string Body)
{
    /// <summary>The body read.</summary>
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    /// <summary>The id by which a receiver tells what it got already.</summary>
    public string Delivery => Headers["X-PinnSweep-Delivery"];

    /// <summary>What happened.</summary>
    public string Event => Json.GetProperty("event").GetString()!;
}

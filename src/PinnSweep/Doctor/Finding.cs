namespace PinnSweep.Doctor;

/// <summary>How a thing that was looked at stands.</summary>
internal enum FindingState
{
    /// <summary>There and usable.</summary>
    Ok,

    /// <summary>Absent, and nothing that was asked for needs it.</summary>
    Optional,

    /// <summary>Absent or broken, and needed.</summary>
    Missing,
}

/// <summary>One line of the doctor.</summary>
/// <param name="Name">What was looked at.</param>
/// <param name="State">How it stands.</param>
/// <param name="Text">What was found.</param>
/// <param name="Remedy">How to get it, where it is not there.</param>
internal sealed record Finding(string Name, FindingState State, string Text, string? Remedy = null)
{
    public static Finding Ok(string name, string text) => new(name, FindingState.Ok, text);
}

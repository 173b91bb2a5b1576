namespace PinnSweep.Methods.Samplers.Parts;

/// <summary>How Sobol points are scrambled.</summary>
internal enum Scrambling
{
    /// <summary>Nested uniform scrambling.</summary>
    Owen,

    /// <summary>One random digital shift.</summary>
    Shift,

    /// <summary>Not at all.</summary>
    None,
}

using PinnSweep.Jets.Verification;

namespace PinnSweep.Trainer;

/// <summary>A line of <c>verify</c>.</summary>
/// <param name="Name">What was checked.</param>
/// <param name="Error">What was found.</param>
/// <param name="Limit">What it may be.</param>
/// <param name="Passed">Whether it is.</param>
/// <param name="Void">Why it is not, where that is known of a published form: the check then failed as it should.</param>
internal sealed record Verified(string Name, double Error, double Limit, bool Passed, string? Void = null)
{
    /// <summary>A check that has to pass.</summary>
    public Verified(DerivativeCheck check)
        : this(check.Name, check.Error, check.Limit, check.Passed)
    {
    }
}

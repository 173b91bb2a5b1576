using PinnSweep.Studies.Catalogues;
using PinnSweep.Studies.Values;

namespace PinnSweep.Methods.Balancers.Parts;

/// <summary>
/// From which residuals a step's weights of points come, declared by the parameter <c>residuals</c>: <c>current</c>, as the papers have it, costs one more
/// forward pass over the points; <c>previous</c> uses those of the step before and costs nothing.
/// </summary>
internal static class ResidualTiming
{
    public static Parameter Parameter { get; } = MethodParameters.Word(
        "residuals",
        "weights follow the current residuals (papers; one more forward pass) or those of the previous step",
        "current",
        "previous");

    public static bool IsCurrent(Level level) => level.Text("residuals") == "current";
}

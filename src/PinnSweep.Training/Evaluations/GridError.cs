namespace PinnSweep.Training.Evaluations;

/// <summary>The error of a network on its problem's test grid.</summary>
/// <param name="RelativeL2">‖u − u*‖₂ / ‖u*‖₂ over all measured outputs; the absolute norm where u* is zero.</param>
/// <param name="MaxError">Largest |u − u*|.</param>
/// <param name="IsFlat">Whether u varies less than a tenth as much as u*, which itself is not constant.</param>
/// <param name="IsFinite">Whether the network's values are finite; errors are not where the problem has no known solution.</param>
/// <param name="Trivial">The trivial field that the network has settled on; null where it has on none.</param>
internal readonly record struct GridError(double RelativeL2, double MaxError, bool IsFlat, bool IsFinite, string? Trivial);

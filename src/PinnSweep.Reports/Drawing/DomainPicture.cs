using System.Collections.Immutable;
using PinnSweep.Reports.Statistics;

namespace PinnSweep.Reports.Drawing;

/// <summary>Where a problem lives: its domain, the places of its conditions, and points.</summary>
/// <param name="XLabel">Name of the first coordinate.</param>
/// <param name="YLabel">Name of the second coordinate; empty of a line.</param>
/// <param name="X">Its range.</param>
/// <param name="Y">Its range.</param>
/// <param name="Inside">Points of the equations.</param>
/// <param name="Places">Sides and places inside.</param>
public sealed record DomainPicture(string XLabel, string YLabel, Interval X, Interval Y, ImmutableArray<(double X, double Y)> Inside, ImmutableArray<DomainPlace> Places);

/// <summary>A side of a domain or a place inside.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Conditions">What holds there; empty where nothing does.</param>
/// <param name="Style">The colour; places with the same conditions share one.</param>
/// <param name="Lines">Its course, in pieces.</param>
/// <param name="Points">Points of its conditions.</param>
public sealed record DomainPlace(string Name, string Conditions, int Style, ImmutableArray<ImmutableArray<(double X, double Y)>> Lines, ImmutableArray<(double X, double Y)> Points);

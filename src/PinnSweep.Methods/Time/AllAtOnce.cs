using PinnSweep.Studies.Catalogs;

namespace PinnSweep.Methods.Time;

/// <summary>Nothing is done about time: it is one more coordinate, and all moments are learned at once.</summary>
internal static class AllAtOnce
{
    /// <summary>The catalog's entry.</summary>
    public static TimeEntry Entry { get; } = new(new(
        Factor.Time,
        "none",
        "time is one more coordinate; all moments are learned at once",
        "Raissi, Perdikaris, Karniadakis, J. Comput. Phys. 378 (2019) 686, doi 10.1016/j.jcp.2018.10.045",
        []));
}

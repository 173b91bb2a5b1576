using PinnSweep.Studies.Audits;

namespace PinnSweep.Reports.Audits;

/// <summary>An audit for other programs: what the tables show, with all digits.</summary>
public static class AuditJson
{
    /// <summary>Objects to be written as JSON.</summary>
    public static object Of(TableAudit audit) => new
    {
        numbers = audit.Values.Length,
        audit.ToldTwice,
        contradictions = audit.Contradictions.Select(one => new { told = one.Told.Select(Cell), one.Ratio, one.ChangesWinner }),
        winners = audit.Winners.Select(one => new
        {
            one.Case, one.Printed, one.Method, one.Probability, one.IsSure, rivals = one.Rivals.Select(rival => new { rival.Method, rival.Probability }), one.WithoutSpread,
        }),
        metrics = audit.Dependences.Select(one => new { one.Case, winners = one.Winners.Select(winner => new { winner.Metric, winner.Methods }), one.IsDependent, one.IsTied }),
        trivial = audit.Worthless.Select(Cell),
        saturated = audit.Saturated.Select(Cell),
        voids = audit.Voids.Select(one => new { one.Case, one.Reason }),
    };

    private static object Cell(AuditedValue value) => new { value.Case, value.Method, value.Metric, value.Source, value.Mean, sd = value.Deviation, value.Floor, value.Trivial, value.Place.Line };
}

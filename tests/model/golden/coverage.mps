NAME        
ROWS
 N  NoObj   
 G  coverage_110000
 G  coverage_120000
 G  coverage_130000
COLUMNS
    quota_110000  coverage_110000  1
    quota_120000  coverage_120000  1
    quota_130000  coverage_130000  1
    abatement_110000_1  coverage_110000  1
    abatement_110000_2  coverage_110000  1
    abatement_120000_1  coverage_120000  1
    abatement_120000_2  coverage_120000  1
    abatement_130000_1  coverage_130000  1
    abatement_130000_2  coverage_130000  1
    purchase_110000  coverage_110000  1
    purchase_120000  coverage_120000  1
    purchase_130000  coverage_130000  1
    sale_110000  coverage_110000  -1
    sale_120000  coverage_120000  -1
    sale_130000  coverage_130000  -1
    uncovered_110000  coverage_110000  1
    uncovered_120000  coverage_120000  1
    uncovered_130000  coverage_130000  1
RHS
    RHS_V     coverage_110000  10
    RHS_V     coverage_120000  20
    RHS_V     coverage_130000  30
BOUNDS
 FR BOUND     quota_110000
 FR BOUND     quota_120000
 FR BOUND     quota_130000
 UP BOUND     abatement_110000_1  2
 UP BOUND     abatement_110000_2  4
 UP BOUND     abatement_120000_1  2
 UP BOUND     abatement_120000_2  4
 UP BOUND     abatement_130000_1  2
 UP BOUND     abatement_130000_2  4
ENDATA

NAME        
ROWS
 N  NoObj   
 L  abatement_fall_2022_110000
 L  abatement_fall_2022_120000
 L  abatement_fall_2022_130000
COLUMNS
    abatement_2020_110000_1  abatement_fall_2022_110000  1
    abatement_2020_110000_2  abatement_fall_2022_110000  1
    abatement_2020_120000_1  abatement_fall_2022_120000  1
    abatement_2020_120000_2  abatement_fall_2022_120000  1
    abatement_2020_130000_1  abatement_fall_2022_130000  1
    abatement_2020_130000_2  abatement_fall_2022_130000  1
    abatement_2022_110000_1  abatement_fall_2022_110000  -1
    abatement_2022_110000_2  abatement_fall_2022_110000  -1
    abatement_2022_120000_1  abatement_fall_2022_120000  -1
    abatement_2022_120000_2  abatement_fall_2022_120000  -1
    abatement_2022_130000_1  abatement_fall_2022_130000  -1
    abatement_2022_130000_2  abatement_fall_2022_130000  -1
RHS
    RHS_V     abatement_fall_2022_110000  1.328125
    RHS_V     abatement_fall_2022_120000  2.65625
    RHS_V     abatement_fall_2022_130000  3.984375
BOUNDS
 UP BOUND     abatement_2020_110000_1  2
 UP BOUND     abatement_2020_110000_2  4
 UP BOUND     abatement_2020_120000_1  2
 UP BOUND     abatement_2020_120000_2  4
 UP BOUND     abatement_2020_130000_1  2
 UP BOUND     abatement_2020_130000_2  4
 UP BOUND     abatement_2022_110000_1  2
 UP BOUND     abatement_2022_110000_2  4
 UP BOUND     abatement_2022_120000_1  2
 UP BOUND     abatement_2022_120000_2  4
 UP BOUND     abatement_2022_130000_1  2
 UP BOUND     abatement_2022_130000_2  4
ENDATA
